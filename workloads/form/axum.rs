//! The form workload on axum: each form becomes a struct by serde.
use axum::{routing::post, Form, Json, Router};
use serde::{de::DeserializeOwned, Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
struct Simple {
    name: String,
    email: String,
    age: i64,
    subscribe: bool,
}

#[derive(Deserialize, Serialize)]
struct Complex {
    first_name: String,
    last_name: String,
    email: String,
    phone: String,
    street: String,
    city: String,
    state: String,
    postcode: String,
    country: String,
    age: i64,
    children: i64,
    height: f64,
    weight: f64,
    subscribe: bool,
    terms: bool,
    newsletter: bool,
    language: String,
    comment: String,
}

pub fn routes(router: Router) -> Router {
    router
        .route("/form/simple", post(fields::<Simple>))
        .route("/form/complex", post(fields::<Complex>))
}

async fn fields<T: DeserializeOwned + Serialize>(Form(fields): Form<T>) -> Json<T> {
    Json(fields)
}
