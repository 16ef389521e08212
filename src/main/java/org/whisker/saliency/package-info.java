/**
 * Attribution: maps, the input and output of a method, and where the mass of a map lies. The
 * methods are in {@code method}, metrics of their faithfulness in {@code faithfulness}; nothing
 * here may use either.
 */
package org.whisker.saliency;
