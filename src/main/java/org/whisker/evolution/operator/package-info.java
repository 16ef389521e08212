/** Variation operators: crossovers, mutations, and the regions in which mutation may act. */
package org.whisker.evolution.operator;
