//! The hash workload on axum: SHA-256 over a part of the buffer, by the crate that most use.
use axum::{extract::Path, http::StatusCode, routing::get, Json, Router};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

static BUFFER: LazyLock<Vec<u8>> =
    LazyLock::new(|| (0..1_048_576_u32).map(|i| (i % 251) as u8).collect());

#[derive(Serialize)]
struct Hashed {
    bytes: usize,
    sha256: String,
}

pub fn routes(router: Router) -> Router {
    LazyLock::force(&BUFFER);
    router.route("/hash/{bytes}", get(hash))
}

async fn hash(Path(bytes): Path<usize>) -> Result<Json<Hashed>, StatusCode> {
    let part = BUFFER.get(..bytes).ok_or(StatusCode::UNPROCESSABLE_ENTITY)?;
    let sha256 = format!("{:x}", Sha256::digest(part));
    Ok(Json(Hashed { bytes, sha256 }))
}
