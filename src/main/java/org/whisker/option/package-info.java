/**
 * Options as records: a component declares its option's name, default, bounds and help by {@link
 * org.whisker.option.Option}. Command line, Java API and checks all read that declaration.
 */
package org.whisker.option;
