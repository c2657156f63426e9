//! The stream workload on axum: a body from a stream, each of whose items is a piece.
use axum::{body::Body, http::header, response::IntoResponse, routing::get, Router};
use futures_util::stream;
use serde::Serialize;

#[derive(Serialize)]
struct Line {
    index: u32,
    value: u32,
}

pub fn routes(router: Router) -> Router {
    router.route("/stream", get(lines))
}

async fn lines() -> impl IntoResponse {
    let lines = (0..100).map(|index| {
        serde_json::to_string(&Line { index, value: index * 10 }).map(|text| text + "\n")
    });
    let type_of_lines = [(header::CONTENT_TYPE, "application/x-ndjson")];
    (type_of_lines, Body::from_stream(stream::iter(lines)))
}
