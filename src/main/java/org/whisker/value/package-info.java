/**
 * What every other package may use: checks of arguments, numbers that may be absent, and text that
 * is the same in every language of the machine.
 */
package org.whisker.value;
