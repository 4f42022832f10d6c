// Catch2 3 where the distribution has it, else Catch2 2: the tests use only what both know, and
// `Approx` by its bare name.
#pragma once
#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif
