package org.whisker.evolution.operator;

import org.whisker.image.BlackPixels;

/** The two children of two parents; the first is built on the first parent. */
public record Offspring(BlackPixels first, BlackPixels second) {}
