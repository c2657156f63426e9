//! The json workload on axum: a struct, built anew for each request.
use axum::{routing::get, Json, Router};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Item {
    id: u32,
    value: u32,
}

#[derive(Serialize)]
struct Nested {
    level1: BTreeMap<&'static str, &'static str>,
    another: BTreeMap<&'static str, &'static str>,
}

#[derive(Serialize)]
struct Document {
    message: &'static str,
    items: Vec<Item>,
    nested: Nested,
}

pub fn routes(router: Router) -> Router {
    router.route("/json", get(document))
}

async fn document() -> Json<Document> {
    Json(Document {
        message: "Hello, World!",
        items: (0..20).map(|id| Item { id, value: id * 10 }).collect(),
        nested: Nested {
            level1: BTreeMap::from([("level2", "deep value")]),
            another: BTreeMap::from([("key", "value")]),
        },
    })
}
