/**
 * {@code models}, {@code network}, {@code score} and {@code doctor}: the models that there are,
 * what they are made of, and what they run on.
 */
package org.whisker.feature.models;
