import { startGame } from './game';

startGame();
