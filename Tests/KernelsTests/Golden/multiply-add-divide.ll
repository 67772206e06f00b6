define void @f(i64 %0, float** %1, float* %2, float** %3) #0 {
  %5 = and i64 %0, 15
  %6 = icmp ne i64 %5, 0
  br i1 %6, label %7, label %8

7:                                                ; preds = %4
  tail call void @formulac_remainder_float(i64 %0, float** %1, float* %2, float** %3, void (i64, float**, float*, float**)* @f, i64 16, i64 2, i64 2)
  ret void

8:                                                ; preds = %4
  %9 = icmp eq i64 %0, 0
  br i1 %9, label %10, label %11

10:                                               ; preds = %40, %8
  ret void

11:                                               ; preds = %8
  %12 = getelementptr inbounds float*, float** %3, i64 0
  %13 = load float*, float** %12, align 8
  %14 = getelementptr inbounds float*, float** %3, i64 1
  %15 = load float*, float** %14, align 8
  %16 = getelementptr inbounds float*, float** %1, i64 0
  %17 = load float*, float** %16, align 8
  %18 = getelementptr inbounds float*, float** %1, i64 1
  %19 = load float*, float** %18, align 8
  %20 = getelementptr inbounds float, float* %2, i64 0
  %21 = load float, float* %20, align 4
  %22 = insertelement <16 x float> poison, float %21, i32 0
  %23 = shufflevector <16 x float> %22, <16 x float> poison, <16 x i32> zeroinitializer
  br label %24

24:                                               ; preds = %24, %11
  %25 = phi i64 [ 0, %11 ], [ %38, %24 ]
  %26 = getelementptr inbounds float, float* %17, i64 %25
  %27 = bitcast float* %26 to <16 x float>*
  %28 = load <16 x float>, <16 x float>* %27, align 4
  %29 = getelementptr inbounds float, float* %19, i64 %25
  %30 = bitcast float* %29 to <16 x float>*
  %31 = load <16 x float>, <16 x float>* %30, align 4
  %32 = call <16 x float> @llvm.fma.v16f32(<16 x float> %28, <16 x float> %31, <16 x float> %23)
  %33 = fdiv <16 x float> %28, %31
  %34 = getelementptr inbounds float, float* %13, i64 %25
  %35 = bitcast float* %34 to <16 x float>*
  store <16 x float> %32, <16 x float>* %35, align 4
  %36 = getelementptr inbounds float, float* %15, i64 %25
  %37 = bitcast float* %36 to <16 x float>*
  store <16 x float> %33, <16 x float>* %37, align 4
  %38 = add i64 %25, 16
  %39 = icmp ult i64 %38, %0
  br i1 %39, label %24, label %40

40:                                               ; preds = %24
  br label %10
}
