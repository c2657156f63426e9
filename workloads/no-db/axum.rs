//! The no-db workload on axum.
use axum::{extract::Path, routing::get, Router};

pub fn routes(router: Router) -> Router {
    router.route("/no-db/{key}", get(found))
}

async fn found(Path(key): Path<String>) -> String {
    format!("Found: {key}, counter=0\n")
}
