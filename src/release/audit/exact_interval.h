// How far a share seen in a sample may be from the true one.

#pragma once

namespace parley {

struct ShareInterval {
  double low = 0;
  double high = 1;
};

/// The probability that a beta variable with `a`, `b` above 0 is at most `x`, 0 to 1: the
/// regularised incomplete beta function. Good to about 1e-10.
///
/// Source: NIST Digital Library of Mathematical Functions, 8.17.22 (the continued fraction) and
/// 8.17.4 (the symmetry).
double IncompleteBeta(double a, double b, double x);

/// The 95 % interval of a share of which `hits` of `trials` were seen, 0 <= hits <= trials. Neither
/// need be whole: of a sample that is no simple one, `trials` is its effective size.
///
/// Source: Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case
/// of the binomial", 1934. It never covers less than it says.
ShareInterval ExactInterval(double hits, double trials);

}  // namespace parley
