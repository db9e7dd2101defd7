/// The fault matrix: every exchange of whole runs crossed with every fault, and what is left
/// behind.
package dev.slipway.matrix;
