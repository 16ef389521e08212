/**
 * Jobs that a program can call: what the commands do, without a command line. A job takes a {@link
 * org.whisker.study.JobContext}, tells its listener how it goes, writes tables and manifests, and
 * returns records. Nothing here prints, knows an exit code or parses an option.
 */
package org.whisker.study;
