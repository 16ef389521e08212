/**
 * What makes new genomes of old ones: crossovers, edits, sites, strokes, where mutation may act.
 */
package org.whisker.evolution.operator;
