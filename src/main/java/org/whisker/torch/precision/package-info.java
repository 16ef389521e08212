/** Which precision searches score in: told by the device and the network, by no clock. */
package org.whisker.torch.precision;
