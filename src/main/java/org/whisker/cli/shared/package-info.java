/**
 * What commands share: the environment, streams and progress, errors as one line and an exit code,
 * options that mean the same everywhere.
 */
package org.whisker.cli.shared;
