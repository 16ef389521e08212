/**
 * The entry point for Java programs, {@link org.whisker.Whisker}. It calls the jobs of the features
 * and draws the charts and pages of their tables; nothing else in whisker uses it.
 */
package org.whisker;
