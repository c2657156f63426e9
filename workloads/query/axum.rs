//! The query workload on axum: each query becomes a struct by serde. A value that does not fit its
//! type is refused with 400, axum's own.
use axum::{extract::Query, routing::get, Json, Router};
use serde::{de::DeserializeOwned, Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
struct Few {
    q: String,
    page: i64,
    limit: i64,
}

#[derive(Deserialize, Serialize)]
struct Eight {
    q: String,
    page: i64,
    limit: i64,
    sort: String,
    descending: bool,
    min_price: f64,
    max_price: f64,
    in_stock: bool,
}

#[derive(Deserialize, Serialize)]
struct Many {
    text1: String,
    text2: String,
    text3: String,
    text4: String,
    number1: i64,
    number2: i64,
    number3: i64,
    number4: i64,
    ratio1: f64,
    ratio2: f64,
    ratio3: f64,
    ratio4: f64,
    flag1: bool,
    flag2: bool,
    flag3: bool,
    flag4: bool,
}

pub fn routes(router: Router) -> Router {
    router
        .route("/query/few", get(values::<Few>))
        .route("/query/medium", get(values::<Eight>))
        .route("/query/many", get(values::<Many>))
}

async fn values<T: DeserializeOwned + Serialize>(Query(values): Query<T>) -> Json<T> {
    Json(values)
}
