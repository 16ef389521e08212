/**
 * The protocol of a report: its experiments, the tests of its hypotheses, and the conclusions that
 * the statistics allow.
 */
package org.whisker.explain;
