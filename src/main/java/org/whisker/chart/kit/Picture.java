package org.whisker.chart.kit;

/** A picture that a page can hold. */
public sealed interface Picture permits Svg, Png {}
