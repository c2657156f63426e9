//! The hello workload on axum.
use axum::{routing::get, Router};

pub fn routes(router: Router) -> Router {
    router.route("/hello", get(hello))
}

async fn hello() -> &'static str {
    "Hello, World!"
}
