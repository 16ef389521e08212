/**
 * The tables of experiments and controls: runs of arms, effects, observations, and what single
 * experiments measure besides. Each record is a row of the file that it names.
 */
package org.whisker.table.experiment;
