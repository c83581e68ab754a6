/** JCuda and the search for its libraries, on fake trees and on libraries that gcc makes here. */
package org.clusternet.engine.cuda.jcuda;
