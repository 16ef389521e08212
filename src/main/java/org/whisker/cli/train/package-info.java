/** {@code train}, {@code evaluate}, {@code dataset}: options and text. */
package org.whisker.cli.train;
