/** The command {@code play}. */
package org.whisker.cli.play;
