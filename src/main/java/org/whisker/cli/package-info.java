/**
 * The command line: thin picocli commands over the packages below, which take their streams, clock
 * and folders from an {@link org.whisker.cli.Environment} and return an exit code.
 */
package org.whisker.cli;
