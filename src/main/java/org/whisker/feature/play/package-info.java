/**
 * {@code play}: a page on which an image is painted and scored, and the server behind it, on this
 * machine's loopback address alone and for whoever holds its key. The only user of the JDK's HTTP
 * server.
 */
package org.whisker.feature.play;
