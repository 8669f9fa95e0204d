/* \u002a\u002f package org.junit.jupiter.api;

class Assertions {} // */ package toys.box;
