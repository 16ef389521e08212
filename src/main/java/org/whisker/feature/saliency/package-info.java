/** {@code saliency}: maps of a picture by many methods, and how far each can be believed. */
package org.whisker.feature.saliency;
