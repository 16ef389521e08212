/**
 * {@code models}, {@code network}, {@code score}, {@code bench} and {@code doctor}: the models that
 * there are, what they are made of, how fast they run and on what.
 */
package org.whisker.feature.models;
