/**
 * Everything that all features have together: the list of their charts. Each package below is one
 * feature: its configuration, jobs, commands, charts and sections of pages.
 */
package org.whisker.feature;
