export const REPOSITORY = 'https://github.com/phaser-foresight/phaser-foresight';
