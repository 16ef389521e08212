/** {@code ablate} and {@code selfcheck}: options and text. */
package org.whisker.cli.ablate;
