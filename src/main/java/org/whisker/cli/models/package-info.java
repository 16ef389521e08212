/**
 * {@code models}, {@code network}, {@code score}, {@code bench}, {@code doctor}: options and text.
 */
package org.whisker.cli.models;
