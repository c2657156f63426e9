//! The parallel workload on axum: four tasks on tokio's threads, waited for in order.
use axum::{routing::get, Json, Router};
use serde::Serialize;
use std::{arch::asm, hint::black_box};

#[derive(Serialize)]
struct Tasks {
    tasks: usize,
    iterations: u64,
    results: Vec<u64>,
}

pub fn routes(router: Router) -> Router {
    router.route("/parallel", get(tasks))
}

fn squares(iterations: u64) -> u64 {
    let mut total = 0;
    for i in 0..black_box(iterations) {
        total += i * i;
        // Without it LLVM puts a formula in place of the loop, whatever the bound.
        unsafe { asm!("/* {0} */", inout(reg) total, options(nomem, nostack, preserves_flags)) };
    }
    total
}

async fn tasks() -> Json<Tasks> {
    let started: Vec<_> = (0..4).map(|_| tokio::spawn(async { squares(50_000) })).collect();
    let mut results = Vec::with_capacity(4);
    for task in started {
        results.push(task.await.expect("a task of arithmetic does not panic"));
    }
    Json(Tasks { tasks: 4, iterations: 50_000, results })
}
