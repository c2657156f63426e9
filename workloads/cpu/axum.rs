//! The cpu workload on axum: the loop in the handler, which the compiler may not replace.
use axum::{routing::get, Json, Router};
use serde::Serialize;
use std::{arch::asm, hint::black_box};

#[derive(Serialize)]
struct Sum {
    result: u64,
    iterations: u64,
}

pub fn routes(router: Router) -> Router {
    router.route("/cpu", get(sum_of_squares))
}

async fn sum_of_squares() -> Json<Sum> {
    let iterations = black_box(100_000);
    let mut total = 0;
    for i in 0..iterations {
        total += i * i;
        // Without it LLVM puts a formula in place of the loop, whatever the bound.
        unsafe { asm!("/* {0} */", inout(reg) total, options(nomem, nostack, preserves_flags)) };
    }
    Json(Sum { result: total, iterations })
}
