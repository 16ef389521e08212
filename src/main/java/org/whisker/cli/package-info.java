/**
 * The launcher: the list of commands, help, completion and manual pages. A command takes its
 * streams, clock and folders from an {@link org.whisker.command.Environment} and returns an exit
 * code.
 */
package org.whisker.cli;
