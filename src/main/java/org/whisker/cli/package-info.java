/**
 * The command line: thin picocli commands, by group, over the jobs of {@code study}. They take
 * their streams, clock and folders from an {@link org.whisker.cli.shared.Environment} and return an
 * exit code.
 */
package org.whisker.cli;
