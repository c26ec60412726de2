"""Trains models of phaser-foresight on many processes, with torch alone."""
