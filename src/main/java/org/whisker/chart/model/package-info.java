/**
 * Charts about models, from the tables of {@code table.model}: training, evaluation, foveation and
 * receptive fields.
 */
package org.whisker.chart.model;
