/** {@code boundary}: options and text of its sub-commands. */
package org.whisker.cli.boundary;
