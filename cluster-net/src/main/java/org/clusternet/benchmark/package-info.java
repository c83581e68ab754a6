/**
 * How fast a device is: kernels by the bytes that they move, the crop, whole steps, beside a peer's
 * figures; with the facts of the machine, without which figures mean nothing.
 */
package org.clusternet.benchmark;
