/** {@code explain}, {@code compare}, {@code report}: options and text. */
package org.whisker.cli.explain;
