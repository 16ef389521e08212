/**
 * What commands share: options of records, progress, tables of text, exit codes. Together with the
 * launcher and the commands of the features the only user of picocli.
 */
package org.whisker.command;
