/** What an engine is that deals a sweep out to nodes, such as Spark; there is none in here. */
package org.whisker.sweep.engine;
