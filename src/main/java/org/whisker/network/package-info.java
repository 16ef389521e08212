/** Networks as data: immutable graphs of layers, and what can be read off them without a run. */
package org.whisker.network;
