export const REPOSITORY = 'https://github.com/phaser-foresight/phaser-foresight';

/** Where the files of the repository can be read as they are. */
export const RAW = 'https://raw.githubusercontent.com/phaser-foresight/phaser-foresight/main';
