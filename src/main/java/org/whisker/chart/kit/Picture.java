package org.whisker.chart.kit;

/** A picture that can be embedded in a page. */
public sealed interface Picture permits Svg, Png {}
