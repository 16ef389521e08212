/**
 * Planted classifiers: formulas whose every cause is known, with the verdict that is right for each
 * hypothesis. They check the chain from evolution to the verdict, not a network.
 */
package org.whisker.planted;
