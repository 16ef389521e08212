/** Completion, made of the same description of options as the help. */
package org.whisker.cli.manual;
