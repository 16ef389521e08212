/**
 * The tables of experiments and controls: runs of arms, effects, observations, and additional
 * measurements of single experiments. Each record is a row of the file that it names.
 */
package org.whisker.table.experiment;
