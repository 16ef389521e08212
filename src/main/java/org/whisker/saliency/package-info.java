/**
 * Which pixels a classifier's logit depends on: maps, what a method is given and gives back, and
 * where a map's weight lies. The methods are in {@code method}, the tests of maps in {@code
 * faithfulness}; nothing here may use either.
 */
package org.whisker.saliency;
