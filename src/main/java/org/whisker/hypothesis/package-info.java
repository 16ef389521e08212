/**
 * The hypotheses, a file each, named as its id: {@link org.whisker.hypothesis.Hypothesis} says what
 * is in it, {@link org.whisker.hypothesis.Hypotheses} has a line for each.
 */
package org.whisker.hypothesis;
