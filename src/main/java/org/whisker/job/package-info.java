/**
 * The job engine: a job is a configuration record and a method that takes a {@link
 * org.whisker.job.JobContext}. Folders are locked, resumed and held against hashes; a manifest says
 * what was asked for and by which version.
 */
package org.whisker.job;
